package io.keepwatch.daemon;

import io.keepwatch.catalog.RequestCount;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of requests as the catalog keeps them: one row for each class and day (UTC). */
final class DailyRequests {
    private DailyRequests() {}

    /** Rows for the day of this moment; none for a class that was not used. */
    static List<RequestCount> rows(Instant at, RequestCounts counts) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        List<RequestCount> rows = new ArrayList<>();
        for (RequestClass type : RequestClass.values()) {
            // Bytes are counted for all classes together: sent ones belong to uploads, received ones to reads.
            long sent = type == RequestClass.PUT ? counts.bytesSent() : 0;
            long received = type == RequestClass.GET ? counts.bytesReceived() : 0;
            if (counts.of(type) + sent + received > 0) {
                rows.add(new RequestCount(day, type.name(), counts.of(type), sent, received));
            }
        }
        return rows;
    }

    static RequestCounts sum(List<RequestCount> rows) {
        Map<RequestClass, Long> requests = new EnumMap<>(RequestClass.class);
        long sent = 0;
        long received = 0;
        for (RequestCount row : rows) {
            requests.merge(RequestClass.valueOf(row.requestClass()), row.requests(), Long::sum);
            sent += row.bytesSent();
            received += row.bytesReceived();
        }
        return new RequestCounts(requests, sent, received);
    }
}
