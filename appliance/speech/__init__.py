"""Text-to-speech and speech recognition engines, each behind one small interface. Empty until the first menu speaks."""
