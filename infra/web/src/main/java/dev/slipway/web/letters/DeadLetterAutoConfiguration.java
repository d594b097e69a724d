package dev.slipway.web.letters;

import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.Recipe;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Gives a service with dead letters the way to see and settle them. The gateway has none of its own. */
@AutoConfiguration(afterName = "dev.slipway.messaging.MessagingAutoConfiguration")
@ConditionalOnClass(name = {"dev.slipway.messaging.DeadLetters", "dev.slipway.contracts.letters.DeadLetterView"})
public class DeadLetterAutoConfiguration {
    @Bean
    @ConditionalOnBean(type = "dev.slipway.messaging.DeadLetters")
    DeadLetterController deadLetterController(DeadLetters letters) {
        return new DeadLetterController(letters);
    }

    @Bean
    @ConditionalOnBean(type = "dev.slipway.messaging.DeadLetters")
    LetterWatch letterWatch(Recipe recipe, DeadLetters letters) {
        return LetterWatch.of(recipe, letters);
    }
}
