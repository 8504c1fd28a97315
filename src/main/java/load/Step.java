package load;

/** One thing to do for a staged file. All of them done, the file is loaded. */
public sealed interface Step permits Call, DeadLetters {}
