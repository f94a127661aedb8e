package dev.catamaran.tool.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A registry server with the HTTP interface of one generation, as far as the tool uses it, after
 * the documents of those interfaces.
 */
public final class FakeNacos implements AutoCloseable {

    /** Which real servers it behaves as. */
    public enum Kind {
        /** 1.1.4 in cluster mode: legacy raft, no console. */
        V1_RAFT,
        /** 1.4.2 after its switch to JRaft: catalog only. */
        V1_CATALOG,
        /** 2.x: one instance per address, overrides, clusters shown only with instances. */
        V2,
        /** 3.x with the administrators' interface. */
        V3
    }

    static final String PASSWORD = "p4ss word&";

    static {
        // or each answer waits 40 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** One answer. */
    record Answer(int status, String text) {
        static Answer ok(String text) {
            return new Answer(200, text);
        }
    }

    final Kind kind;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final FakePages pages = new FakePages(this);
    private final FakeWrites writes = new FakeWrites(this);

    /** How many writes were taken. */
    private final AtomicInteger taken = new AtomicInteger();

    /** Every write in order, as {@code METHOD path}. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    private volatile IntPredicate beforeWrite = number -> true;
    private volatile String user = "";
    private volatile String token = "none given yet";
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    RegistryTable table = RegistryTable.EMPTY;

    /** Whether anything tells its namespaces; nothing does in 2.5 without the console. */
    volatile boolean listsNamespaces = true;

    /** Those that its console shows. */
    final SortedSet<String> namespaces = new TreeSet<>(Set.of("public"));

    final SortedMap<InstanceKey, OverrideRecord> overrides = new TreeMap<>();

    public FakeNacos(Kind kind) throws IOException {
        this.kind = kind;
        this.http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    public ServerAddress address() {
        return ServerAddress.parse(url()).orElseThrow();
    }

    /** Begins with these records. */
    public synchronized FakeNacos holding(RecordSet records) {
        table = records.table();
        overrides.clear();
        overrides.putAll(records.overrides());
        if (kind == Kind.V3) {
            // it has no other list of them
            table.entries().keySet().forEach(key -> namespaces.add(key.namespace()));
        }
        return this;
    }

    /** Wants this login from now on. */
    public FakeNacos wanting(String userName) {
        user = userName;
        return this;
    }

    /** Forgets the tokens it gave. */
    public void forgetTokens() {
        token = "forgotten";
    }

    /** Answers the next calls by 503. */
    public void stayBusyFor(int calls) {
        busy.set(calls);
    }

    /**
     * Asked with the number of each write before it is taken; a write that is not let in gets 400.
     */
    public void beforeEachWrite(IntPredicate let) {
        beforeWrite = let;
    }

    /** What it holds. */
    public synchronized RecordSet held() {
        return new RecordSet(table, overrides);
    }

    public int writes() {
        return taken.get();
    }

    public List<String> log() {
        return List.copyOf(log);
    }

    public int logins() {
        return logins.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> params = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        parse(query == null ? "" : query, params);
        parse(new String(body, StandardCharsets.UTF_8), params);
        Answer answer;
        try {
            answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), params);
        } catch (RuntimeException e) {
            answer = new Answer(500, "caused: " + e + ";");
        }
        byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void parse(String text, Map<String, String> params) {
        for (String pair : text.split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                params.put(
                        URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
    }

    private Answer answer(String method, String path, Map<String, String> params) {
        if (!path.startsWith("/nacos/")) {
            return new Answer(404, "{\"status\":404,\"error\":\"Not Found\"}");
        }
        String inner = path.substring("/nacos".length());
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answer(503, "server is DOWN now, please try again later!");
        }
        if (inner.endsWith("/login")) {
            return login(inner, params);
        }
        boolean open = inner.endsWith("/state") && !inner.contains("/ns/");
        if (!open && !user.isEmpty() && !params.getOrDefault("accessToken", "").equals(token)) {
            return new Answer(403, "{\"status\":403,\"message\":\"user not found!\"}");
        }
        if (method.equals("GET")) {
            synchronized (this) {
                return pages.answer(inner, params);
            }
        }
        if (method.equals("POST")
                && inner.endsWith(kind == Kind.V3 ? "/namespace" : "/namespaces")) {
            return createNamespace(params);
        }
        return write(method, inner, params);
    }

    private synchronized Answer createNamespace(Map<String, String> params) {
        if (kind == Kind.V1_RAFT) {
            return new Answer(404, "{\"status\":404,\"error\":\"Not Found\"}");
        }
        namespaces.add(params.get(kind == Kind.V3 ? "namespaceId" : "customNamespaceId"));
        return Answer.ok(
                kind == Kind.V3 ? "{\"code\":0,\"message\":\"success\",\"data\":true}" : "true");
    }

    /** From now on nothing tells which namespaces there are. */
    public FakeNacos hidingNamespaces() {
        listsNamespaces = false;
        return this;
    }

    /** The namespaces that its console shows. */
    public synchronized SortedSet<String> namespaces() {
        return new TreeSet<>(namespaces);
    }

    /** A write is told of only after it was taken, as by a real server. */
    private Answer write(String method, String inner, Map<String, String> params) {
        Answer answer;
        synchronized (this) {
            if (!beforeWrite.test(taken.get() + 1)) {
                return new Answer(400, "caused: not let in;");
            }
            answer = writes.answer(method, inner, params);
            if (answer.status() == 200) {
                taken.incrementAndGet();
                log.add(method + " " + inner);
            }
        }
        return answer;
    }

    private Answer login(String path, Map<String, String> params) {
        boolean known =
                kind == Kind.V3
                        ? path.equals("/v3/auth/user/login")
                        : path.equals("/v1/auth/login") || path.equals("/v1/auth/users/login");
        if (!known) {
            return new Answer(404, "{\"status\":404}");
        }
        if (!user.equals(params.get("username")) || !PASSWORD.equals(params.get("password"))) {
            return new Answer(403, "unknown user!");
        }
        token = "token-" + logins.incrementAndGet();
        return Answer.ok(
                "{\"accessToken\":\"" + token + "\",\"tokenTtl\":18000,\"globalAdmin\":true}");
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
