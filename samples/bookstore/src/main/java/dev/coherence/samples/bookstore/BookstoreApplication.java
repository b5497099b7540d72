package dev.coherence.samples.bookstore;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Starts the bookstore. Without Spring Boot's error pages: here every error is a problem document. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class BookstoreApplication {

    /** Takes Spring Boot's usual arguments, such as {@code --server.port=8081}. */
    public static void main(String[] args) {
        SpringApplication.run(BookstoreApplication.class, args);
    }
}
