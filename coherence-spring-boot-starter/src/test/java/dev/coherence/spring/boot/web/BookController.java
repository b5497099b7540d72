package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Every way to take and to return a revision; the same class in both frameworks. */
@RestController
class BookController {

    static final Revision CURRENT = Revision.of(41, 1203);
    static final Revision NEXT = Revision.of(42, 1204);

    @GetMapping("/book")
    Revised<Map<String, String>> book() {
        return Revised.of(CURRENT, Map.of("title", "Neuromancer"));
    }

    @GetMapping("/book/entity")
    ResponseEntity<Map<String, String>> entity() {
        return ResponseEntity.ok().eTag(CURRENT.toString()).body(Map.of("title", "Neuromancer"));
    }

    @GetMapping("/book/future")
    CompletableFuture<Revised<Map<String, String>>> future() {
        return CompletableFuture.supplyAsync(this::book);
    }

    @GetMapping("/book/mono")
    Mono<Revised<Map<String, String>>> mono() {
        return Mono.fromSupplier(this::book);
    }

    @PatchMapping("/book")
    Revised<Map<String, String>> revise(Revision base) {
        return Revised.of(NEXT, Map.of("base", base.toString()));
    }

    @PostMapping("/book/touch")
    Revised<Void> touch(Revision base) {
        return Revised.of(NEXT);
    }

    @PutMapping("/book")
    Revised<Map<String, String>> put(Precondition precondition) {
        return precondition.fold(
                base -> Revised.of(NEXT, Map.of("base", base.toString())),
                () -> Revised.of(NEXT, Map.of("base", "absent")).withStatus(HttpStatus.CREATED));
    }

    @PutMapping("/book/entity")
    ResponseEntity<Map<String, String>> create(Precondition precondition) {
        return ResponseEntity.created(URI.create("/book")).eTag(NEXT.toString()).body(Map.of());
    }

    @PatchMapping("/book/optional")
    String optional(Optional<Revision> base) {
        return base.map(Revision::toString).orElse("none");
    }

    @PatchMapping("/book/nullable")
    String nullable(@Nullable Revision base) {
        return base == null ? "none" : base.toString();
    }

    @PutMapping("/book/optional")
    String optionalPrecondition(Optional<Precondition> precondition) {
        return precondition.map(Object::toString).orElse("none");
    }

    @GetMapping("/book/since")
    String since(Revision base) {
        return base.toString();
    }

    @GetMapping("/book/at/{revision}")
    String at(@PathVariable Revision revision, @RequestParam(required = false) @Nullable Revision until) {
        return revision + " until " + until;
    }
}
