package dev.slipway.release;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts release-service. */
@SpringBootApplication
public class ReleaseService {
    public static void main(String[] args) {
        SpringApplication.run(ReleaseService.class, args);
    }
}
