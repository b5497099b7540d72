package dev.coherence.samples.bookstore;

import dev.coherence.action.Identity;
import dev.coherence.spring.boot.web.Revised;
import dev.coherence.value.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the catalogue, which follows the events at a short distance. */
@RestController
class CatalogueController {

    private static final int USUAL_LIMIT = 20;

    private final Catalogue catalogue;

    CatalogueController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A page of entries; the ISBN of its last one leads to the next page. */
    @GetMapping(path = "/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
    ArrayNode page(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, "after", "limit");
        String after = query.once("after", CatalogueController::isbn).orElse("");
        int limit = query.once("limit", CatalogueController::limit).orElse(USUAL_LIMIT);
        query.refuseProblems();
        return CatalogueJson.entries(catalogue.page(after, limit));
    }

    /** The ETag is what had been seen when the entry was written: the base of a change to the book. */
    @GetMapping(path = "/catalogue/{isbn}", produces = MediaType.APPLICATION_JSON_VALUE)
    Revised<ObjectNode> entry(HttpServletRequest request) {
        QueryParameters.of(request).refuseProblems();
        return catalogue
                .entry(IdentityInPath.isbn(request))
                .map(entry -> Revised.of(entry.revision(), CatalogueJson.entry(entry)))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "The catalogue does not show a book with this ISBN, or not yet."));
    }

    private static String isbn(String text) {
        return Identity.of(Book.KIND, text).id();
    }

    private static Integer limit(String text) {
        if (!text.matches("[1-9][0-9]?|100")) {
            throw new InvalidInputException("limit", "must be a number from 1 to 100");
        }
        return Integer.valueOf(text);
    }
}
