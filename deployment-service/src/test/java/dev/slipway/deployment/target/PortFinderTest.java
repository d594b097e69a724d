package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFinderTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int SEARCHES = 2_000;
    private static final int KNOCK_MILLIS = 1_000;

    @TempDir
    Path directory = Path.of("");

    private final Target target = SampleBuild.target("well");

    @Test
    void a_program_is_where_it_was_before_unless_somebody_else_is_there() throws IOException {
        int before;
        try (ServerSocket other = new ServerSocket(0, 1, HOST)) {
            before = other.getLocalPort();

            assertThat(found(before)).isNotEqualTo(before);
            assertThat(PortFinder.taken(before)).isTrue();
        }

        assertThat(PortFinder.taken(before)).isFalse();
        assertThat(found(before)).isEqualTo(before);
    }

    @Test
    void whoever_asks_at_the_address_of_before_while_it_is_sought_is_refused_and_never_taken_and_dropped()
            throws IOException {
        int before = found(0);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Boolean> letIn = CompletableFuture.supplyAsync(() -> {
            while (!over.get()) {
                try (Socket knocking = new Socket()) {
                    knocking.connect(new InetSocketAddress(HOST, before), KNOCK_MILLIS);
                    return true;
                } catch (IOException refused) {
                    // as it should be
                }
            }
            return false;
        });

        for (int i = 0; i < SEARCHES; i++) {
            assertThat(found(before)).isEqualTo(before);
            assertThat(PortFinder.taken(before)).isFalse();
        }

        over.set(true);
        assertThat(letIn.join()).isFalse();
    }

    private int found(int before) throws IOException {
        return PortFinder.find(target, directory, "shop@1.0.0/production/1", new Ports(before, Map.of()))
                        instanceof PortFinder.Found.Free(Ports ports)
                ? ports.traffic()
                : 0;
    }
}
