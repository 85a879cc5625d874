using System.Diagnostics.CodeAnalysis;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>What CloudWatch allows in namespaces, names and dimensions.</summary>
internal static class NameRules
{
    public const int MaximumDimensions = 30;

    private const int MaximumName = 255;
    private const int MaximumDimensionValue = 1024;

    /// <summary>1 to 255 of 0-9 A-Z a-z . - _ / # : and blank, not blank only, and no colon in front.</summary>
    public static void Namespace([NotNull] string? value, string parameter)
    {
        Length(value, MaximumName, parameter);
        var isAllowed = value[0] != ':' && !string.IsNullOrWhiteSpace(value);
        foreach (var c in value)
        {
            isAllowed &= char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or '#' or ':' or ' ';
        }

        if (!isAllowed)
        {
            throw Invalid(value, parameter);
        }
    }

    /// <summary>
    /// 1 to 255 characters. That control characters are refused is an assumption: CloudWatch documents no rule, but XML could not carry them back.
    /// </summary>
    public static void MetricName([NotNull] string? value, string parameter)
    {
        Length(value, MaximumName, parameter);
        foreach (var c in value)
        {
            if (char.IsControl(c))
            {
                throw Invalid(value, parameter);
            }
        }
    }

    public static KeyValuePair<string, string>[] Dimensions(IReadOnlyList<DimensionInput> dimensions, string parameter)
    {
        if (dimensions.Count > MaximumDimensions)
        {
            throw TooMany(parameter, MaximumDimensions);
        }

        var valid = new KeyValuePair<string, string>[dimensions.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < valid.Length; i++)
        {
            var member = $"{parameter}.member.{i + 1}";
            var (name, value) = dimensions[i];
            DimensionName(name, $"{member}.Name");
            DimensionValue(value, $"{member}.Value");
            if (!names.Add(name))
            {
                throw CloudWatchError.InvalidParameterValue($"No Metric may specify the same dimension name twice: {member}.Name is {name} again.");
            }

            valid[i] = new KeyValuePair<string, string>(name, value);
        }

        return valid;
    }

    public static void DimensionName([NotNull] string? value, string parameter)
    {
        Length(value, MaximumName, parameter);
        if (value[0] == ':' || !IsPlainText(value))
        {
            throw Invalid(value, parameter);
        }
    }

    public static void DimensionValue([NotNull] string? value, string parameter)
    {
        Length(value, MaximumDimensionValue, parameter);
        if (!IsPlainText(value))
        {
            throw Invalid(value, parameter);
        }
    }

    public static CloudWatchException Invalid(string value, string parameter) =>
        CloudWatchError.InvalidParameterValue($"The value {value} for parameter {parameter} is invalid.");

    public static CloudWatchException TooMany(string parameter, int limit) =>
        CloudWatchError.InvalidParameterValue(FormattableString.Invariant($"The collection {parameter} must not have a size greater than {limit}."));

    private static void Length([NotNull] string? value, int limit, string parameter)
    {
        if (value is null)
        {
            throw CloudWatchError.MissingParameter(parameter);
        }

        if (value.Length == 0)
        {
            throw CloudWatchError.InvalidParameterValue($"The parameter {parameter} must not be empty.");
        }

        if (value.Length > limit)
        {
            throw CloudWatchError.InvalidParameterValue(
                FormattableString.Invariant($"The parameter {parameter} must be shorter than {limit + 1} characters."));
        }
    }

    /// <summary>ASCII without control characters, and not blank only.</summary>
    private static bool IsPlainText(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return !string.IsNullOrWhiteSpace(value);
    }
}
