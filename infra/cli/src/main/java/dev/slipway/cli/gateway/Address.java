package dev.slipway.cli.gateway;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.FrontView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Where users reach an environment.
 *
 * @param environment as {@code application/environment}
 * @param urls by each of its host names, then by path; never empty
 */
public record Address(String environment, List<String> urls) {
    private static final String THIS_MACHINE = ".localhost";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    public Address {
        urls = List.copyOf(urls);
    }

    /** The one to tell people. */
    public String first() {
        return urls.getFirst();
    }

    /** Where the front is, without a slash at the end. */
    public static URI front(URI gateway, FrontView front) {
        return URI.create(origin(gateway.getHost(), front));
    }

    /** Of every environment that a gateway's front knows. */
    public static List<Address> all(URI gateway, FrontView front) {
        return front.hosts().keySet().stream()
                .map(environment -> of(gateway, front, EnvironmentId.parse(environment)))
                .toList();
    }

    /**
     * Of an environment. Names under {@code .localhost} mean the machine of whoever asks, so they are told where the
     * gateway is on this machine, and elsewhere its own name with a path.
     */
    public static Address of(URI gateway, FrontView front, EnvironmentId environment) {
        boolean here = isThisMachine(gateway.getHost());
        List<String> urls = new ArrayList<>();
        for (String host : front.hosts().getOrDefault(environment.toString(), List.of())) {
            if (here || !host.endsWith(THIS_MACHINE)) {
                urls.add(origin(host, front) + "/");
            }
        }
        urls.add("%s/apps/%s/".formatted(origin(gateway.getHost(), front), environment));
        return new Address(environment.toString(), urls);
    }

    private static boolean isThisMachine(String host) {
        return host.startsWith("127.") || host.equals("[::1]") || host.equals("localhost");
    }

    private static String origin(String host, FrontView front) {
        String scheme = front.tls() ? "https" : "http";
        boolean usual = front.port() == (front.tls() ? HTTPS : HTTP);
        return "%s://%s%s".formatted(scheme, host, usual ? "" : ":" + front.port());
    }
}
