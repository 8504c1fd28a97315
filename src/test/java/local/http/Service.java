package local.http;

import java.io.IOException;

/** Answers requests, several at a time. */
public interface Service {

    Answer answer(Request request) throws IOException, InterruptedException;
}
