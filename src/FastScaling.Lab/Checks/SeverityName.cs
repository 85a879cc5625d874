namespace FastScaling.Lab.Checks;

/// <summary>Severities as they are written.</summary>
internal static class SeverityName
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}
