package dev.coherence.samples.bookstore;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows and changes rates. */
@RestController
class RatesController {

    private static final String KEY = "Idempotency-Key";
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);
    private static final int MOST_DECIMALS = 6;

    private final Rates rates;

    RatesController(Rates rates) {
        this.rates = rates;
    }

    @GetMapping(path = "/rates/{currency}", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode show(HttpServletRequest request) {
        QueryParameters.of(request).refuseProblems();
        return json(rates.rate(IdentityInPath.of(request).id()));
    }

    /** A client that has lost the answer sends the same again, with the same key. */
    @PutMapping(
            path = "/rates/{currency}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode change(HttpServletRequest request) throws IOException {
        QueryParameters.of(request).refuseProblems();
        String currency = IdentityInPath.of(request).id();
        Optional<String> key = key(request);
        BigDecimal rate = rate(JsonBody.read(request));
        return json(rates.change(new Rate(currency, rate), key));
    }

    private static ObjectNode json(Optional<Rate> rate) {
        return rate.map(CatalogueJson::rate)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "The catalogue shows no prices in this currency."));
    }

    private static Optional<String> key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(KEY));
        if (keys.size() > 1 || keys.stream().anyMatch(key -> !key.matches("[!-~]([ -~]{0,98}[!-~])?"))) {
            throw new InvalidRequestException(KEY, "must be 1 to 100 printable ASCII characters, once");
        }
        return keys.stream().findFirst();
    }

    private static BigDecimal rate(JsonNode json) {
        Findings findings = new Findings();
        Optional<BigDecimal> rate = RequestPart.whole(json, findings).object(List.of("rate"), fields -> {
            Optional<BigDecimal> number = rate(fields.field("rate"));
            return number::orElseThrow;
        });
        findings.refuseIfAny();
        return rate.orElseThrow();
    }

    private static Optional<BigDecimal> rate(RequestPart field) {
        Optional<BigDecimal> rate = field.decimal();
        if (rate.isPresent() && !isRate(rate.get())) {
            field.isWrong("must be more than 0, less than 1000000, and have at most 6 decimals");
        }
        return rate;
    }

    private static boolean isRate(BigDecimal rate) {
        return rate.signum() > 0
                && rate.compareTo(LARGEST) < 0
                && rate.stripTrailingZeros().scale() <= MOST_DECIMALS;
    }
}
