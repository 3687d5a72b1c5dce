"""One turn of the conversation: understanding and answers in, a reply out. Pure."""
