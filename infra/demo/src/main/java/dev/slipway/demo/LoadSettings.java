package dev.slipway.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Who asks what, and how often.
 *
 * @param greets the addresses to ask, to which {@code ?name=} is added; the next one where one cannot be reached
 * @param ratePerSecond requests a second at the start, above 0 to 10,000
 * @param clients how many client keys there are, 1 to 1,000,000
 * @param inFlightMax requests that may wait for an answer at once, 1 to 10,000; past it requests are skipped and counted
 * @param answerMax time after which a request has failed, above zero
 * @param seed of the names and of who asks
 */
public record LoadSettings(
        List<URI> greets, double ratePerSecond, int clients, int inFlightMax, Duration answerMax, long seed) {
    public LoadSettings {
        requireRate(ratePerSecond);
        greets = List.copyOf(greets);
        if (greets.isEmpty()) {
            throw new IllegalArgumentException("a load needs an address to ask");
        }
        if (clients < 1 || clients > 1_000_000) {
            throw new IllegalArgumentException("clients must be 1 to 1000000, are " + clients);
        }
        if (inFlightMax < 1 || inFlightMax > 10_000) {
            throw new IllegalArgumentException("inFlightMax must be 1 to 10000, is " + inFlightMax);
        }
        if (!answerMax.isPositive()) {
            throw new IllegalArgumentException("answerMax must be above zero, is " + answerMax);
        }
    }

    public static LoadSettings behind(URI front) {
        return behind(List.of(front));
    }

    /**
     * 50 requests a second of 2,000 clients to the production environment of the sample.
     *
     * @param fronts where gateways take what users send. By path: a JVM asks the system about names under
     *     {@code .localhost}, and not every system knows them
     */
    public static LoadSettings behind(List<URI> fronts) {
        List<URI> greets = fronts.stream()
                .map(front -> front.resolve("/apps/" + DemoPolicy.APPLICATION + "/production/greet"))
                .toList();
        return new LoadSettings(greets, 50, 2_000, 256, Duration.ofSeconds(5), 1);
    }

    public LoadSettings withRate(double perSecond) {
        return new LoadSettings(greets, perSecond, clients, inFlightMax, answerMax, seed);
    }

    public LoadSettings withClients(int count) {
        return new LoadSettings(greets, ratePerSecond, count, inFlightMax, answerMax, seed);
    }

    /**
     * The same for a busy machine.
     *
     * @param factor how many times slower than a quiet one, 1 or more
     */
    public LoadSettings times(double factor) {
        return new LoadSettings(greets, ratePerSecond, clients, inFlightMax, Stretching.of(answerMax, factor), seed);
    }

    static double requireRate(double perSecond) {
        if (!(perSecond > 0 && perSecond <= 10_000)) {
            throw new IllegalArgumentException("a rate must be above 0 and at most 10000 a second, is " + perSecond);
        }
        return perSecond;
    }
}
