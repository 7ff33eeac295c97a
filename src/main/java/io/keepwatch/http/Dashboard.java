package io.keepwatch.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The pages of the dashboard: a fixed list of files in the program, read, joined and packed once at the start. They hold nothing
 * of this host, so everybody may have them; what they show they ask from the API.
 */
public final class Dashboard implements RouteGroup {
    static final String FOLDER = "/io/keepwatch/dashboard/";
    private static final String INDEX = "index.html";
    private static final String SCRIPT = "app.js";
    private static final String SHEET = "style.css";
    private static final Pattern JOINED = Pattern.compile("(?:pages|parts|style)/.*|vendor/.*\\.css");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, Asset> assets;

    public Dashboard() {
        this.assets = load();
    }

    private record Asset(String type, Buffer plain, Optional<Buffer> packed, String tag) {
        static Asset of(String name, byte[] bytes) {
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            byte[] packed = Gzip.pack(bytes, Deflater.DEFAULT_COMPRESSION);
            return new Asset(
                    type,
                    Buffer.buffer(bytes),
                    packed.length < bytes.length ? Optional.of(Buffer.buffer(packed)) : Optional.empty(),
                    ETag.of(bytes));
        }
    }

    /** The paths that are served, {@code /} among them. */
    List<String> paths() {
        return assets.keySet().stream().sorted().toList();
    }

    @Override
    public void mount(Router router) {
        assets.forEach((path, asset) -> router.get(path).handler(context -> send(context, asset)));
    }

    private static void send(RoutingContext context, Asset asset) {
        boolean packed = asset.packed().isPresent() && Gzip.isUnderstood(context.request());
        String tag = packed ? asset.tag().replaceAll("\"$", "-gzip\"") : asset.tag();
        // Names stay over versions, so a browser asks each time, and mostly hears that it has the file.
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (ETag.matches(context, tag)) {
            ETag.notModified(context, tag);
            return;
        }
        if (packed) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader(HttpHeaders.ETAG, tag)
                .end(packed ? asset.packed().orElse(asset.plain()) : asset.plain());
    }

    private static Map<String, Asset> load() {
        URL index = Dashboard.class.getResource(FOLDER + INDEX);
        if (index == null) {
            throw new IllegalStateException(FOLDER + INDEX + " is missing from the program's jar");
        }
        try {
            if (index.openConnection() instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFileURL().toURI());
                try (FileSystem inside = FileSystems.newFileSystem(file)) {
                    return read(inside.getPath(FOLDER));
                }
            }
            return read(Path.of(URI.create(index.toString().replaceAll("index\\.html$", ""))));
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException("the pages of the dashboard cannot be read from the program's jar", e);
        }
    }

    private static Map<String, Asset> read(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        texts.put(SCRIPT, Bundle.script(SCRIPT, texts));
        texts.put(SHEET, Bundle.sheet(SHEET, texts));
        texts.keySet().removeIf(name -> JOINED.matcher(name).matches());
        Map<String, Asset> assets = new HashMap<>();
        texts.forEach((name, text) -> assets.put("/" + name, Asset.of(name, text.getBytes(StandardCharsets.UTF_8))));
        assets.put("/", assets.get("/" + INDEX));
        return assets;
    }
}
