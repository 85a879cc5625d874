using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Tests.Templates;

/// <summary>Short templates around one value.</summary>
internal static class TemplateText
{
    /// <summary>A complete one, without findings, whose lines tests change.</summary>
    public static string Plain { get; } = ReadPlain();

    /// <summary>The threshold's text of an alarm whose AlarmName is this expression.</summary>
    public static string Evaluate(string expression, string before = "", Dictionary<string, string>? parameters = null) =>
        Read(expression, before, parameters).Alarms[0].Name;

    public static ScalingTemplate Read(string expression, string before = "", Dictionary<string, string>? parameters = null) =>
        TemplateReader.Read(Around(expression, before), "t.yaml", parameters);

    public static string Around(string expression, string before = "") =>
        $"""
        {before}
        Resources:
          Cluster: {"{"} Type: AWS::ECS::Cluster, Properties: {"{"} ClusterName: blue {"}"} {"}"}
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmName: {expression}
              Namespace: FastScaling
              MetricName: RequestsPerSecond
              Statistic: Average
              Period: 10
              EvaluationPeriods: 1
              Threshold: 100
              ComparisonOperator: GreaterThanThreshold
        """;

    private static string ReadPlain()
    {
        using var reader = new StreamReader(typeof(TemplateText).Assembly.GetManifestResourceStream("live.yaml")!);
        return reader.ReadToEnd();
    }
}
