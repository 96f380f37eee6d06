"""What a language is to the program: its tag, its words, its lexicon. Data in lexicons/, no language in code."""
