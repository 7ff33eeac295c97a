package io.keepwatch.http;

import io.keepwatch.file.RawPath;
import io.keepwatch.http.FilesView.StoredContent;
import io.keepwatch.unit.DisplayText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/files}: directories at a time, versions of a path, and the content of one. */
public final class FileRoutes implements RouteGroup {
    private static final Logger LOG = LoggerFactory.getLogger(FileRoutes.class);
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final long DEFAULT_BYTES = 64L * 1024 * 1024;
    private static final int DOWNLOADS = 4;

    private final FilesView view;
    private final Executor workers;
    private final Semaphore downloads = new Semaphore(DOWNLOADS);

    public FileRoutes(FilesView view, Executor workers) {
        this.view = view;
        this.workers = workers;
    }

    record Files(String root, String path, Optional<Instant> at, List<FileEntry> items, Optional<String> next) {}

    record Versions(String root, String path, List<FileEntry.Version> items, Optional<String> next) {}

    @Override
    public void mount(Router router) {
        router.get("/api/v1/files").handler(this::files);
        router.get("/api/v1/files/versions").handler(this::versions);
        router.get("/api/v1/files/content").handler(this::content);
    }

    private void files(RoutingContext context) {
        Query query = new Query(context);
        FilesView.Directory directory = new FilesView.Directory(
                query.required("root"), path(query.text("path").orElse("")), query.time("at"), query.flag("deleted"));
        PageRequest page = query.page();
        Answer.blocking(context, workers, () -> {
            Page<FileEntry> found = view.files(directory, page);
            return new Files(
                    directory.root(), directory.path().toString(), directory.at(), found.items(), found.next());
        });
    }

    private void versions(RoutingContext context) {
        Query query = new Query(context);
        String root = query.required("root");
        RawPath path = path(query.required("path"));
        PageRequest page = query.page();
        Answer.blocking(context, workers, () -> {
            Page<FileEntry.Version> found = view.versions(root, path, page);
            return new Versions(root, path.toString(), found.items(), found.next());
        });
    }

    private void content(RoutingContext context) {
        Query query = new Query(context);
        String root = query.required("root");
        RawPath path = path(query.required("path"));
        Optional<Long> version = query.number("version", 1, Long.MAX_VALUE);
        long most = query.number("max_bytes", 0, MOST_BYTES).orElse(DEFAULT_BYTES);
        Answer.to(context, Answer.ask(workers, () -> view.content(root, path, version)), content -> {
            String tag = '"' + content.sha256() + '"';
            if (ETag.matches(context, tag)) {
                ETag.notModified(context, tag);
            } else if (content.sizeBytes() > most) {
                throw new RefusedException(
                        413,
                        "Too large",
                        "the version has " + content.sizeBytes() + " bytes, max_bytes is " + most
                                + ": allow more, up to " + MOST_BYTES + ", or use keepwatch restore");
            } else {
                download(context, content, tag);
            }
        });
    }

    private void download(RoutingContext context, StoredContent content, String tag) {
        if (!downloads.tryAcquire()) {
            Problem.passing(
                            "Too many downloads",
                            DOWNLOADS + " run already: try again in some seconds",
                            Duration.ofSeconds(5))
                    .answer(context);
            return;
        }
        Future.fromCompletionStage(view.open(content), context.vertx().getOrCreateContext())
                .compose(file -> send(context, content, tag, file))
                .onComplete(sent -> downloads.release())
                .onFailure(context::fail);
    }

    /** The copy is closed in any case: it takes its space until then. */
    private static Future<Void> send(RoutingContext context, StoredContent content, String tag, FileChannel file) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            close(file);
            return Future.succeededFuture();
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader("Content-Disposition", disposition(content.path()))
                .putHeader(HttpHeaders.ETAG, tag)
                .sendFile(file)
                .onComplete(sent -> close(file));
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("the copy of a download was not closed: {}", e.toString());
        }
    }

    private static String disposition(RawPath path) {
        String shown = DisplayText.of(path.name());
        String plain = shown.replaceAll("[^A-Za-z0-9._-]", "_");
        String exact = URLEncoder.encode(shown, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }

    private static RawPath path(String shown) {
        return RefusedException.unlessMisread(() -> RawPath.of(DisplayText.bytes(shown)));
    }
}
