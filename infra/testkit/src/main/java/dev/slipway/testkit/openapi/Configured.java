package dev.slipway.testkit.openapi;

import java.util.Properties;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** What a service's {@code application.yml} says: the bounds that hold unless somebody sets others. */
public final class Configured {
    private Configured() {}

    /** @throws AssertionError if it does not say a whole number */
    public static int whole(String key) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yml"));
        Properties all = yaml.getObject();
        Object value = all == null ? null : all.get(key);
        if (value instanceof Integer number) {
            return number;
        }
        throw new AssertionError("application.yml must say a whole number for %s, says %s".formatted(key, value));
    }
}
