"""Words that several pages say alike: names of languages and respondents, titles, times, how far a response is."""
