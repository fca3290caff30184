/** The reference model answers this with one call of `bash`, whose command is the word `command`: a built-in that does nothing. */
export const prompt = 'Please use the bash tool once.'
