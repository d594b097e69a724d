"""Serves, and misbehaves as ORDER says: HOW@VERSION/ENVIRONMENT, or HOW@VERSION for all environments."""
import http.server, os, signal, subprocess, sys, threading, time

VERSION = os.environ["VERSION"]
how, _, where = os.environ["ORDER"].partition("@")
if not (VERSION + "/" + os.environ["WHERE"]).startswith(where):
    how = "well"
began = time.monotonic()
kept = []


def leak():
    for _ in range(40):
        kept.append(b"x" * (8 << 20))
        time.sleep(0.5)


class Serving(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, body = 200, "ok"
        if self.path == "/health":
            if how == "unready" and time.monotonic() - began > 5:
                status, body = 503, "no"
        elif how == "slow":
            time.sleep(3)
        if self.path == "/version":
            body = "0.9.0" if how == "other-version" else VERSION
        if self.path == "/files":
            body = "\n".join(open(each).read().strip() for each in sys.argv[1:])
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())
        if self.path == "/end":
            print("cannot reach the database", flush=True)
            os._exit(3)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


def stop(*_):
    sys.exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if how == "deaf" else stop)
print("this is", VERSION, how, flush=True)
if how == "ends":
    print("cannot read its configuration", flush=True)
    sys.exit(3)
if how == "late":
    time.sleep(25)
if how == "no-port":
    time.sleep(600)
if how == "forks":
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    for _ in range(2):
        subprocess.Popen([sys.executable, "-c", deaf])
if how == "leaks":
    threading.Thread(target=leak, daemon=True).start()
Server(("127.0.0.1", int(os.environ["PORT"])), Serving).serve_forever()
