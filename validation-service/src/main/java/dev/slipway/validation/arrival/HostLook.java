package dev.slipway.validation.arrival;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.validation.arrival.Fetching.Fetched;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether hosts that gates ask can be reached: the same list of hosts and the same limits, side by side, and only their root is got. */
public final class HostLook {
    private final Fetching fetching;

    public HostLook(Fetching fetching) {
        this.fetching = fetching;
    }

    /**
     * One check per address, in their order.
     *
     * @param addresses http: or https: addresses, of which scheme, host and port count
     * @throws IllegalArgumentException if one is none
     */
    public List<HostCheck> look(List<String> addresses) throws InterruptedException {
        List<Callable<HostCheck>> looks = addresses.stream()
                .map(HostLook::root)
                .<Callable<HostCheck>>map(root -> () -> look(root))
                .toList();
        List<HostCheck> seen = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HostCheck> check : each.invokeAll(looks)) {
                seen.add(check.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("A host was not looked at", broken.getCause());
        }
        return seen;
    }

    private HostCheck look(URI root) throws InterruptedException {
        String shown = root.getScheme() + "://" + root.getRawAuthority();
        return switch (fetching.get(root, Map.of())) {
            case Fetched.Answer answer ->
                new HostCheck(
                        shown,
                        true,
                        "It answers (%d at its root); what it answers gates with, none but a gate shows."
                                .formatted(answer.status()));
            case Fetched.Untold(String why) -> new HostCheck(shown, false, Texts.sentence(why));
        };
    }

    private static URI root(String address) {
        try {
            URI given = URI.create(address);
            if (given.getHost() != null
                    && given.getUserInfo() == null
                    && ("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
                return URI.create(given.getScheme() + "://" + given.getRawAuthority() + "/");
            }
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(refusal(address), none);
        }
        throw new IllegalArgumentException(refusal(address));
    }

    private static String refusal(String address) {
        return "address is an http: or https: address without user, such as https://prometheus.example.com; one is "
                + Texts.shown(address);
    }
}
