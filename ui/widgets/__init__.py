"""Parts that screens are made of, each with one idea; whatever takes the keyboard has a name that can be read aloud."""
