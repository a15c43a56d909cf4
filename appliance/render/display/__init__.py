"""The front-panel display, pure: what is drawn, and what the keys do. Four rows of twenty, six keys, four lamps."""
