using System.Globalization;

namespace FastScaling.Lab.Service;

/// <summary>Settings of the service model by their names, as a command line gives them.</summary>
internal static class ModelSettings
{
    // Nothing would ever happen with 0 of them.
    private static readonly HashSet<string> Positive =
    [
        nameof(ServiceSettings.RequestsPerSecondOfCpu), nameof(ServiceSettings.ServiceTime), nameof(ServiceSettings.Concurrency), nameof(ServiceSettings.ColdFactor),
        nameof(ServiceSettings.LaunchBurst), nameof(ServiceSettings.LaunchRate), nameof(ServiceSettings.LaunchesPerMinute), nameof(ServiceSettings.HealthCheckInterval),
        nameof(ServiceSettings.HealthCheckTimeout), nameof(ServiceSettings.UnhealthyThreshold),
        nameof(ServiceSettings.KeepAliveLifetime), nameof(ServiceSettings.ClientTimeout), nameof(ServiceSettings.RetryDelay), nameof(ServiceSettings.LatencyGoal),
        nameof(ServiceSettings.MaximumPercent),
    ];

    public static IEnumerable<string> Names => typeof(ServiceSettings).GetProperties().Where(static property => property.CanWrite).Select(static property => property.Name);

    /// <summary>The settings with some of them replaced. Times are in seconds.</summary>
    /// <param name="settings">The others.</param>
    /// <param name="values">Values by name.</param>
    /// <exception cref="ArgumentException">A name or a value is wrong; the message says what is allowed.</exception>
    public static ServiceSettings With(ServiceSettings settings, IReadOnlyDictionary<string, string> values)
    {
        var copy = settings with { };
        foreach (var (name, text) in values)
        {
            var property = typeof(ServiceSettings).GetProperties().FirstOrDefault(one => one.CanWrite && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"The model has no setting '{name}'; it has {string.Join(", ", Names)}.");
            property.SetValue(copy, Value(property.Name, property.PropertyType, text));
        }

        return copy;
    }

    private static object Value(string name, Type type, string text)
    {
        if (type == typeof(bool))
        {
            return bool.TryParse(text, out var yes) ? yes : throw Wrong("true or false");
        }

        if (type.IsEnum)
        {
            return Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value) ? value : throw Wrong(string.Join(" or ", Enum.GetNames(type)));
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        var isPositive = Positive.Contains(name);
        if (!isNumber || number < 0 || (isPositive && number == 0) || number > 1e6 || (type == typeof(int) && number != Math.Floor(number)))
        {
            var what = type == typeof(int) ? "a whole number" : type == typeof(TimeSpan) ? "seconds" : "a number";
            throw Wrong($"{what} {(isPositive ? "above 0" : "from 0 up")}");
        }

        return type == typeof(TimeSpan) ? TimeSpan.FromSeconds(number) : type == typeof(int) ? (object)(int)number : number;

        ArgumentException Wrong(string allowed) => new($"{name} of the model must be {allowed}, and is '{text}'.");
    }
}
