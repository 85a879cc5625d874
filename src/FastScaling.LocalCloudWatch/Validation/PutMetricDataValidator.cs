using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>CloudWatch's limits of PutMetricData. The first datum that breaks one refuses the whole request.</summary>
internal static class PutMetricDataValidator
{
    private const int MaximumData = 1000;
    private const int MaximumValues = 150;
    private static readonly TimeSpan LongestPast = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongestFuture = TimeSpan.FromHours(2);

    public static List<Sample> Validate(PutMetricDataRequest request, DateTimeOffset now)
    {
        NameRules.Namespace(request.Namespace, "Namespace");
        if (request.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
        {
            throw NameRules.Invalid(request.Namespace, "Namespace");
        }

        if (request.HasEntityMetricData)
        {
            // Accepting the data and losing the entity would hide a client's mistake.
            throw CloudWatchError.InvalidParameterValue("The parameter EntityMetricData is not supported by the local CloudWatch.");
        }

        if (request.MetricData.Count == 0)
        {
            throw CloudWatchError.MissingParameter("MetricData");
        }

        if (request.MetricData.Count > MaximumData)
        {
            throw NameRules.TooMany("MetricData", MaximumData);
        }

        var samples = new List<Sample>(request.MetricData.Count);
        for (var i = 0; i < request.MetricData.Count; i++)
        {
            samples.Add(Datum(request.Namespace, request.MetricData[i], $"MetricData.member.{i + 1}", now));
        }

        return samples;
    }

    private static Sample Datum(string @namespace, MetricDatumInput datum, string path, DateTimeOffset now)
    {
        NameRules.MetricName(datum.MetricName, $"{path}.MetricName");
        var dimensions = NameRules.Dimensions(datum.Dimensions, $"{path}.Dimensions");
        var unit = ParameterRules.Unit(datum.Unit, $"{path}.Unit") ?? StandardUnits.None;
        var resolution = Resolution(datum.StorageResolution, $"{path}.StorageResolution");
        var second = Second(datum.Timestamp, $"{path}.Timestamp", now);
        return new Sample(new MetricIdentity(@namespace, datum.MetricName, dimensions), unit, resolution, second, Values(datum, path));
    }

    private static int Resolution(int? resolution, string parameter) => resolution switch
    {
        null => 60,
        1 or 60 => resolution.Value,
        _ => throw CloudWatchError.InvalidParameterValue(FormattableString.Invariant(
            $"The parameter {parameter} must be a value in the set [ 1, 60 ], and is {resolution}.")),
    };

    private static long Second(DateTimeOffset? timestamp, string parameter, DateTimeOffset now)
    {
        var time = timestamp ?? now;
        if (time < now - LongestPast)
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must specify a time within the past two weeks.");
        }

        return time <= now + LongestFuture
            ? time.ToUnixTimeSeconds()
            : throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must specify a time no more than two hours in the future.");
    }

    private static Aggregate? Values(MetricDatumInput datum, string path)
    {
        // An empty list is no list: clients send one for a property that was never filled.
        var hasValues = datum.Values.Count > 0;
        Exclusive(datum.Value is not null && hasValues, path, "Value", "Values");
        Exclusive(datum.Value is not null && datum.StatisticValues is not null, path, "Value", "StatisticValues");
        if (datum.Counts.Count > 0 && !hasValues)
        {
            throw CloudWatchError.InvalidParameterCombination($"The parameter {path}.Counts is allowed only together with {path}.Values.");
        }

        var set = datum.StatisticValues is null ? null : StatisticSet(datum.StatisticValues, $"{path}.StatisticValues");
        if (hasValues)
        {
            // The AWS agent sends Values together with StatisticValues, and what CloudWatch makes of both is not documented. Both are checked;
            // the values are kept, because they can answer every statistic.
            return Distribution(datum, path);
        }

        if (datum.Value is { } value)
        {
            return Aggregate.OfValue(ParameterRules.InRange(value, $"{path}.Value"));
        }

        return set ?? throw new CloudWatchException(
            400,
            "MissingParameter",
            "MissingRequiredParameterException",
            $"At least one of the parameters {path}.Value, {path}.Values and {path}.StatisticValues must be specified.");
    }

    private static void Exclusive(bool both, string path, string first, string second)
    {
        if (both)
        {
            throw CloudWatchError.InvalidParameterCombination(
                $"The parameters {path}.{first} and {path}.{second} are mutually exclusive and you have specified both.");
        }
    }

    private static Aggregate? Distribution(MetricDatumInput datum, string path)
    {
        if (datum.Values.Count > MaximumValues)
        {
            throw NameRules.TooMany($"{path}.Values", MaximumValues);
        }

        if (datum.Counts.Count > 0 && datum.Counts.Count != datum.Values.Count)
        {
            throw CloudWatchError.InvalidParameterValue($"The collections {path}.Values and {path}.Counts must have the same size.");
        }

        var values = new double[datum.Values.Count];
        var counts = new double[datum.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ParameterRules.InRange(datum.Values[i], $"{path}.Values.member.{i + 1}");
            counts[i] = datum.Counts.Count == 0 ? 1 : Count(datum.Counts[i], $"{path}.Counts.member.{i + 1}");
        }

        return Aggregate.OfValues(values, counts);
    }

    // That counts may be zero or fractional but not negative is an assumption: CloudWatch documents them as doubles and says no more.
    private static double Count(double count, string parameter) =>
        ParameterRules.InRange(count, parameter) >= 0
            ? count
            : throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must not be negative.");

    private static Aggregate StatisticSet(StatisticSetInput set, string path)
    {
        var count = Member(set.SampleCount, $"{path}.SampleCount");
        var sum = Member(set.Sum, $"{path}.Sum");
        var minimum = Member(set.Minimum, $"{path}.Minimum");
        var maximum = Member(set.Maximum, $"{path}.Maximum");
        if (count <= 0)
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {path}.SampleCount must be greater than 0.");
        }

        return minimum <= maximum
            ? Aggregate.OfSet(count, sum, minimum, maximum)
            : throw CloudWatchError.InvalidParameterValue($"The parameter {path}.Minimum must not be greater than {path}.Maximum.");
    }

    private static double Member(double? value, string parameter) =>
        ParameterRules.InRange(value ?? throw CloudWatchError.MissingParameter(parameter), parameter);
}
