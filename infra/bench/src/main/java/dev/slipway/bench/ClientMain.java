package dev.slipway.bench;

import dev.slipway.contracts.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The client as a process of its own: an {@link Order} as a JSON line on its standard input, a {@link Tally} as a JSON line
 * on its output, one after the other, until its input ends. The line {@value #ENOUGH} ends the order under way.
 */
public final class ClientMain {
    static final String ENOUGH = "enough";

    private ClientMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Client client = new Client();
                ExecutorService working = Executors.newSingleThreadExecutor();
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("READY");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                if (line.equals(ENOUGH)) {
                    client.enough();
                } else {
                    Order order = WireJson.mapper().readValue(line, Order.class);
                    var _ = working.submit(() -> work(client, order));
                }
            }
        }
        System.exit(0);
    }

    private static void work(Client client, Order order) {
        try {
            Tally tally = order.work() == Work.PRODUCE ? Producing.run(order) : client.run(order);
            System.out.println(WireJson.mapper().writeValueAsString(tally));
        } catch (Exception broken) {
            broken.printStackTrace();
            System.exit(1);
        }
    }
}
