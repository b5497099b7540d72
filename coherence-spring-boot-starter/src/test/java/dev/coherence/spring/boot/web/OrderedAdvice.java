package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that answers conflicts in its own way. */
@Order(1)
@ControllerAdvice(assignableTypes = OrderedAdvice.Controller.class)
class OrderedAdvice {

    @ExceptionHandler
    ResponseEntity<String> answer(ConflictException conflict) {
        return ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body("its own");
    }

    @RestController
    static class Controller {

        @PutMapping("/own-advice")
        String fail() {
            throw new ConflictException(Reports.full());
        }
    }
}
