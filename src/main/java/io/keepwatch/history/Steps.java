package io.keepwatch.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Several samples made one for each step of time. */
final class Steps {
    private Steps() {}

    /** The samples must be in the order of time, and so is the result. */
    static List<Sample> aggregate(List<Sample> samples, long stepSeconds) {
        List<Sample> steps = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < samples.size(); i++) {
            long start = start(samples.get(i), stepSeconds);
            if (i + 1 == samples.size() || start(samples.get(i + 1), stepSeconds) != start) {
                steps.add(one(start, samples.subList(from, i + 1)));
                from = i + 1;
            }
        }
        return steps;
    }

    private static long start(Sample sample, long stepSeconds) {
        return Math.floorDiv(sample.second(), stepSeconds) * stepSeconds;
    }

    private static Sample one(long start, List<Sample> samples) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (Sample sample : samples) {
            min = Math.min(min, sample.min());
            max = Math.max(max, sample.max());
            sum += sample.mean();
        }
        return new Sample(start, min, sum / samples.size(), max);
    }

    /** Both by time; where both have a second, the first list wins. */
    static List<Sample> merge(List<Sample> first, List<Sample> second) {
        TreeMap<Long, Sample> bySecond = new TreeMap<>();
        second.forEach(sample -> bySecond.put(sample.second(), sample));
        first.forEach(sample -> bySecond.put(sample.second(), sample));
        return List.copyOf(bySecond.values());
    }
}
