package dev.slipway.validation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Gates: evidence in, verdicts out; and the judgement of canaries. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ValidationSettings.class)
public class ValidationService {
    public static void main(String[] arguments) {
        SpringApplication.run(ValidationService.class, arguments);
    }
}
