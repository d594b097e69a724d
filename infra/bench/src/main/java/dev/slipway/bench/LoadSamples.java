package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import java.io.PrintStream;
import java.util.List;

/** What load tests measured. Most tools write a summary of a kilobyte, however many requests they made. */
final class LoadSamples {
    private static final String VEGETA = """
            {"latencies":{"total":1200000000,"mean":12000000,"50th":11000000,"90th":20000000,"95th":25000000,"99th":30000000,\
            "max":40000000,"min":1000000},"bytes_in":{"total":1000,"mean":10},"bytes_out":{"total":0,"mean":0},\
            "earliest":"2026-01-02T03:04:05Z","latest":"2026-01-02T03:04:15Z","end":"2026-01-02T03:04:15Z",\
            "duration":10000000000,"wait":1000000,"requests":100,"rate":10.0,"throughput":9.9,"success":0.99,\
            "status_codes":{"200":99,"500":1},"errors":["500 Internal Server Error"]}
            """;
    private static final String AUTOCANNON = """
            {"url":"http://127.0.0.1:1","connections":10,"sampleInt":1000,"pipelining":1,"workers":0,"duration":10.02,\
            "samples":10,"start":"2026-01-02T03:04:05.000Z","finish":"2026-01-02T03:04:15.000Z","errors":0,"timeouts":0,\
            "mismatches":0,"non2xx":0,"resets":0,"1xx":0,"2xx":100,"3xx":0,"4xx":0,"5xx":0,\
            "statusCodeStats":{"200":{"count":100}},"latency":{"average":12,"mean":12,"stddev":3,"min":1,"max":40,"p1":2,\
            "p2_5":3,"p10":5,"p25":8,"p50":11,"p75":15,"p90":20,"p97_5":28,"p99":30,"p99_9":39,"p99_99":40,"totalCount":100},\
            "requests":{"average":10,"mean":10,"stddev":1,"min":7,"max":12,"total":100,"p50":10,"p99":12,"sent":100},\
            "throughput":{"average":1000,"mean":1000,"stddev":10,"min":900,"max":1100,"total":10000,"p50":1000,"p99":1100}}
            """;
    private static final String BOMBARDIER = """
            {"spec":{"numberOfConnections":8,"testType":"number-of-requests","numberOfRequests":100,"method":"GET",\
            "url":"http://127.0.0.1:1","body":"","stream":false,"timeoutSeconds":2,"client":"fasthttp"},"result":{\
            "bytesRead":9000,"bytesWritten":6000,"timeTakenSeconds":10,"req1xx":0,"req2xx":99,"req3xx":0,"req4xx":0,\
            "req5xx":1,"others":0,"latency":{"mean":12000.5,"stddev":900.1,"max":40000,"percentiles":{"50":11000,"75":15000,\
            "90":20000,"95":25000,"99":30000}},"rps":{"mean":10.2,"stddev":1.5,"max":12.4,"percentiles":{"50":10.0,"75":11.0,\
            "90":11.5,"99":12.0}}}}
            """;
    private static final String HEY = """

            Summary:
              Total:\t0.1000 secs
              Slowest:\t0.0100 secs
              Fastest:\t0.0010 secs
              Average:\t0.0030 secs
              Requests/sec:\t1000.0000
             \s
              Total data:\t1200 bytes
              Size/request:\t12 bytes

            Response time histogram:
              0.001 [1]\t|
              0.010 [99]\t|■■■■

            Latency distribution:
              10%% in 0.0010 secs
              50%% in 0.0025 secs
              90%% in 0.0050 secs
              95%% in 0.0060 secs
              99%% in 0.0090 secs

            Details (average, fastest, slowest):
              DNS+dialup:\t0.0001 secs, 0.0000 secs, 0.0010 secs

            Status code distribution:
              [200]\t99 responses
              [500]\t1 responses

            """;
    private static final String WRK = """
            Running 2s test @ http://127.0.0.1:8080/
              1 threads and 4 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     3.58ms    2.92ms  20.49ms   82.77%
                Req/Sec     1.25k   279.70     1.98k    65.00%
              Latency Distribution
                 50%    2.55ms
                 75%    4.89ms
                 90%    7.74ms
                 99%   13.76ms
              2491 requests in 2.00s, 454.90KB read
            Requests/sec:   1244.97
            Transfer/sec:    227.35KB
            """;
    private static final String AB = """
            This is ApacheBench, Version 2.3 <$Revision: 1903618 $>
            Copyright 1996 Adam Twiss, Zeus Technology Ltd
            Licensed to The Apache Software Foundation

            Benchmarking 127.0.0.1 (be patient).....done


            Server Software:        SimpleHTTP/0.6
            Server Hostname:        127.0.0.1
            Server Port:            8080

            Document Path:          /
            Document Length:        3 bytes

            Concurrency Level:      4
            Time taken for tests:   0.100 seconds
            Complete requests:      200
            Failed requests:        0
            Total transferred:      37400 bytes
            HTML transferred:       600 bytes
            Requests per second:    2000.00 [#/sec] (mean)
            Time per request:       2.000 [ms] (mean)
            Time per request:       0.500 [ms] (mean, across all concurrent requests)
            Transfer rate:          365.23 [Kbytes/sec] received

            Connection Times (ms)
                          min  mean[+/-sd] median   max
            Connect:        0    0   0.1      0       1
            Processing:     1    2   1.1      2       9
            Waiting:        0    1   1.0      1       8
            Total:          1    2   1.1      2       9

            Percentage of the requests served within a certain time (ms)
              50%      2
              66%      2
              75%      2
              80%      3
              90%      3
              95%      4
              98%      6
              99%      7
             100%      9 (longest request)
            """;
    private static final String GATLING = """
            {"type":"GROUP","name":"All Requests","path":"","pathFormatted":"group_missing-name--1146707516","stats":{\
            "name":"All Requests","numberOfRequests":{"total":100,"ok":99,"ko":1},"minResponseTime":{"total":1,"ok":1,"ko":2},\
            "maxResponseTime":{"total":40,"ok":40,"ko":30},"meanResponseTime":{"total":12,"ok":12,"ko":12},\
            "standardDeviation":{"total":3,"ok":3,"ko":3},"percentiles1":{"total":11,"ok":11,"ko":11},\
            "percentiles2":{"total":15,"ok":15,"ko":15},"percentiles3":{"total":25,"ok":25,"ko":25},\
            "percentiles4":{"total":30,"ok":30,"ko":30},"group1":{"name":"t < 800 ms","htmlName":"t","count":99,"percentage":99},\
            "group2":{"name":"800 ms <= t < 1200 ms","htmlName":"t","count":0,"percentage":0},\
            "group3":{"name":"t >= 1200 ms","htmlName":"t","count":0,"percentage":0},\
            "group4":{"name":"failed","htmlName":"failed","count":1,"percentage":1},\
            "meanNumberOfRequestsPerSecond":{"total":10,"ok":9.9,"ko":0.1}},"contents":{}}
            """;

    static final List<SampleReport> ALL = List.of(
            new SampleReport("k6", "k6, %,d metrics", 20_000, Form.JSON, LoadSamples::k6),
            new SampleReport("locust", "locust, %,d rows", 50_000, Form.LINES, LoadSamples::locust),
            SampleReport.summary("vegeta", Form.JSON, VEGETA),
            SampleReport.summary("autocannon", Form.JSON, AUTOCANNON),
            SampleReport.summary("bombardier", Form.JSON, BOMBARDIER),
            SampleReport.summary("gatling", Form.JSON, GATLING),
            SampleReport.summary("hey", Form.LINES, HEY),
            SampleReport.summary("wrk", Form.LINES, WRK),
            SampleReport.summary("ab", Form.LINES, AB));

    private LoadSamples() {}

    /** A metric of its own for each tag that a script's thresholds name. */
    private static void k6(PrintStream out, int metrics) {
        out.print(
                "{\"root_group\":{\"name\":\"\",\"path\":\"\",\"groups\":{},\"checks\":{}},\"metrics\":{"
                        + "\"http_reqs\":{\"count\":100,\"rate\":10.0},\"http_req_failed\":{\"passes\":1,\"fails\":99,\"value\":0.01},"
                        + "\"http_req_duration\":{\"avg\":12.1,\"min\":1.0,\"med\":11.0,\"max\":40.0,\"p(90)\":20.0,\"p(95)\":25.0}");
        for (int i = 0; i < metrics; i++) {
            out.print(",\n\"http_req_duration{name:page" + i
                    + "}\":{\"avg\":12.1,\"min\":1.0,\"med\":11.0,\"max\":40.0,\"p(90)\":20.0,\"p(95)\":25.0}");
        }
        out.print("}}");
    }

    private static void locust(PrintStream out, int rows) {
        String times = ",2,2.5,1,30,3,30.0,5.0,2,2,3,3,4,5,9,20,30,30,30\r\n";
        out.print("Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,"
                + "Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,"
                + "100%\r\n");
        for (int i = 0; i < rows; i++) {
            out.print("GET,/page/" + i + ",60,1" + times);
        }
        out.print(",Aggregated," + 60L * rows + "," + rows + times);
    }
}
