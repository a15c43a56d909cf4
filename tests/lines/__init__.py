"""Lines without hardware: DAHDI's loopback spans in a booted machine, a telephone company at their far end."""
