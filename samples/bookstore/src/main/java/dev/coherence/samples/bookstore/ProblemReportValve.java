package dev.coherence.samples.bookstore;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** Answers what the server refuses before the application sees it, such as a broken address, with a problem document. */
final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String detail = status < 500
                ? "The server cannot accept this request as it was sent."
                : "This is an error of the server; its log says more.";
        byte[] body = JsonText.bytes(
                Problem.of(HttpStatusCode.valueOf(status), detail).json());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone, there is nobody to tell.
            getContainer().getLogger().debug("not sent", e);
        }
    }
}
