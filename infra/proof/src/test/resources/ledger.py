"""Keeps books. What its metrics tell, and where it fails who asks for its books, is written into each version."""
import http.server, os

QUEUED = 3
FAILS_IN = "nowhere"


class Ledger(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, body = 200, "well"
        if self.path == "/version":
            body = os.environ["VERSION"]
        elif self.path == "/metrics":
            body = "# TYPE ledger_queue_depth gauge\nledger_queue_depth %d\n" % QUEUED
        elif self.path == "/books" and "Slipway-Probe" in self.headers and os.environ["WHERE"] == FAILS_IN:
            status, body = 500, "cannot read its books"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


Server(("127.0.0.1", int(os.environ["PORT"])), Ledger).serve_forever()
