package floe.staging;

/**
 * A line of a staged file.
 *
 * @param number from 1, blank lines counted
 * @param text without its line break; cut off where it is too long, with replacement characters where it is not UTF-8
 * @param damage why {@code text} is not what the file holds; null if it is
 */
public record StagedLine(long number, String text, String damage) {}
