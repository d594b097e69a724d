package dev.slipway.deployment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Environments, rollouts, targets, rollback. */
@SpringBootApplication
public class DeploymentService {
    public static void main(String[] args) {
        SpringApplication.run(DeploymentService.class, args);
    }
}
