package dev.slipway.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Starts the test application on a free port of the loopback interface, once for all tests. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = TestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "slipway.identity.body-max=64KB",
            "slipway.identity.public-badges=hello",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoints.web.exposure.include=health,info,env",
            "spring.threads.virtual.enabled=true",
            "spring.main.banner-mode=off",
            "logging.level.root=warn",
            "logging.level.dev.slipway.web.ProblemAdvice=off", // failures are provoked here
            "logging.level.org.apache.catalina=off"
        })
@ContextConfiguration(initializers = RunningApplication.WithKey.class)
@interface RunningApplication {
    /** Names the key file of the test issuer. */
    final class WithKey implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of("slipway.identity.public-key=file:" + TestIssuer.publicKeyFile())
                    .applyTo(context);
        }
    }
}
