package dev.coherence.samples.bookstore;

import dev.coherence.action.Event;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.springframework.http.MediaType;

/** The two ways to write events one by one, so that any number of them needs the memory of one. */
enum EventStream {
    ARRAY(MediaType.APPLICATION_JSON_VALUE, "[", ",\n", "", "]\n"),
    LINES(MediaType.APPLICATION_NDJSON_VALUE, "", "", "\n", "");

    private final String mediaType;
    private final String start;
    private final String between;
    private final String after;
    private final String end;

    EventStream(String mediaType, String start, String between, String after, String end) {
        this.mediaType = mediaType;
        this.start = start;
        this.between = between;
        this.after = after;
        this.end = end;
    }

    void write(Iterator<? extends Event> events, HttpServletResponse response) throws IOException {
        response.setContentType(mediaType);
        OutputStream out = response.getOutputStream();
        write(start, out);
        while (events.hasNext()) {
            out.write(JsonText.bytes(EventJson.event(events.next())));
            write(after, out);
            if (events.hasNext()) {
                write(between, out);
            }
        }
        write(end, out);
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
