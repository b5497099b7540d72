package dev.coherence.spring.boot.web;

import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that has answered Axon's exceptions since before it had coherence. */
@ControllerAdvice(assignableTypes = OwnAxonAnswers.Controller.class)
class OwnAxonAnswers {

    @ExceptionHandler
    ResponseEntity<String> answer(ConcurrencyException failure) {
        return ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body("its own race");
    }

    @ExceptionHandler(AggregateStreamCreationException.class)
    ResponseEntity<String> answer() {
        return ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body("its own exists");
    }

    @RestController
    static class Controller {

        @PutMapping("/own-axon/{how}")
        String fail(@PathVariable String how) {
            throw FailingController.failure(how);
        }
    }
}
