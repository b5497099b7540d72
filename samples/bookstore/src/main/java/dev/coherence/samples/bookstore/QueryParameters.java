package dev.coherence.samples.bookstore;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.tomcat.util.http.InvalidParameterException;

/** The parameters in the query of a request; unknown ones are refused, so that a misspelt filter does not go unseen. */
final class QueryParameters {

    private final Map<String, String[]> parameters;
    private final Findings findings = new Findings();

    private QueryParameters(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    static QueryParameters of(HttpServletRequest request, String... known) {
        QueryParameters query = new QueryParameters(parameters(request));
        for (String name : query.parameters.keySet()) {
            if (!List.of(known).contains(name)) {
                query.findings.note(
                        name,
                        "is not a known parameter; "
                                + (known.length == 0
                                        ? "there are none here"
                                        : "these are " + String.join(", ", known)));
            }
        }
        return query;
    }

    private static Map<String, String[]> parameters(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (InvalidParameterException e) {
            throw new InvalidRequestException("query", "must be percent-encoded UTF-8");
        }
    }

    /** The parameter that may be given once. */
    <T> Optional<T> once(String name, Function<String, T> read) {
        String[] values = parameters.getOrDefault(name, new String[0]);
        if (values.length > 1) {
            findings.note(name, "may be given only once");
        }
        return values.length == 1 ? read(name, values[0], read) : Optional.empty();
    }

    /** The parameter that must be given once. */
    <T> Optional<T> required(String name, Function<String, T> read) {
        if (!parameters.containsKey(name)) {
            findings.note(name, "is missing");
        }
        return once(name, read);
    }

    /** The parameter that may be repeated. */
    <T> List<T> repeated(String name, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        for (String value : parameters.getOrDefault(name, new String[0])) {
            read(name, value, read).ifPresent(all::add);
        }
        return all;
    }

    void refuseProblems() {
        findings.refuseIfAny();
    }

    private <T> Optional<T> read(String name, String value, Function<String, T> read) {
        return findings.attemptText(name, () -> read.apply(value));
    }
}
