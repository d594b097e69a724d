import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Says on its output under which trace each request came. */
class Echo {
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            System.out.println(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
