package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An environment of an application, written {@code application/environment}.
 *
 * @param environment {@code staging} or {@code production}
 */
public record EnvironmentId(ApplicationName application, String environment) {
    public static final String STAGING = "staging";
    public static final String PRODUCTION = "production";

    public EnvironmentId {
        if (!environment.equals(STAGING) && !environment.equals(PRODUCTION)) {
            throw new IllegalArgumentException(
                    "An environment is staging or production, not " + Texts.shown(environment));
        }
    }

    @JsonCreator
    public static EnvironmentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException(
                    "An environment has the form application/environment, not " + Texts.shown(text));
        }
        return new EnvironmentId(new ApplicationName(text.substring(0, slash)), text.substring(slash + 1));
    }

    public boolean isProduction() {
        return environment.equals(PRODUCTION);
    }

    @JsonValue
    @Override
    public String toString() {
        return application.value() + "/" + environment;
    }
}
