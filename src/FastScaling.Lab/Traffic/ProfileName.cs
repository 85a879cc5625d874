namespace FastScaling.Lab.Traffic;

/// <summary>The shapes of synthetic traffic by the names of the command line.</summary>
internal static class ProfileName
{
    public static IReadOnlyList<KeyValuePair<string, ProfileKind>> All { get; } =
        [new("day", ProfileKind.Day), new("step", ProfileKind.Step), new("ramp", ProfileKind.Ramp), new("burst", ProfileKind.Burst)];

    public static string Of(ProfileKind kind) => All.First(pair => pair.Value == kind).Key;

    /// <summary>Null when there is none of that name.</summary>
    public static ProfileKind? Find(string name) =>
        All.Where(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => (ProfileKind?)pair.Value).FirstOrDefault();
}
