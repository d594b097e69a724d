package dev.slipway.gateway.loop;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is common to all loops. */
@Configuration(proxyBeanMethods = false)
class LoopConfiguration {
    @Bean
    LoopsHealth loopsHealthIndicator(List<Looping> beans) {
        return new LoopsHealth(beans);
    }
}
