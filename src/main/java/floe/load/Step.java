package floe.load;

import floe.progress.Work;

/** One thing to do for a staged file. All of them done, the file is loaded. */
public sealed interface Step extends Work permits Call, DeadLetters {}
