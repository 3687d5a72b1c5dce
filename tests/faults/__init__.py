"""The fault run: real processes, killed and cut off at random; nothing may be lost, doubled or altered."""
