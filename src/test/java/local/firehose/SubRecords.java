package local.firehose;

/** How a record is taken apart before its parts go to their partitions: the processor RecordDeAggregation. */
public enum SubRecords {
    /** Not at all: one record has one partition. */
    NONE,
    /** Into JSON objects that follow each other, with or without line breaks between. */
    JSON,
    /** Into lines: the type DELIMITED with a line break for delimiter. */
    LINES
}
