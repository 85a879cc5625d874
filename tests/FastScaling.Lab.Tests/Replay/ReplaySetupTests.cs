using FastScaling.Lab.Commands;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Service;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Tests.Templates;
using FastScaling.Lab.Traffic;
using FastScaling.Otel;

namespace FastScaling.Lab.Tests.Replay;

/// <summary>What is simulated is what the template and the options say.</summary>
public class ReplaySetupTests
{
    private static readonly TrafficProfile Surge = TrafficGenerator.Generate(ProfileKind.Step, 500, 140, 4, 1);

    [Fact]
    public void The_exporter_has_its_defaults()
    {
        var exporter = Setup("seed").Settings(Surge, new ReplayAssumptions(), null, false).Exporter;

        Assert.Equal((5, 0, 120), (exporter.Calls.ExportInterval.TotalSeconds, exporter.Calls.QuietExportInterval.TotalSeconds, exporter.Calls.MaxExtraCallsPerHour));
        Assert.Equal((100.0, 500.0, 50.0), (exporter.SurgeThresholds.RequestsPerSecond!.Value, exporter.SurgeThresholds.ResponseTime!.Value, exporter.SurgeThresholds.ActiveRequests!.Value));
        Assert.Equal((ScalingSignals.All, 1, 30), (exporter.Signals, exporter.StorageResolution, exporter.WarmUp));
        Assert.InRange(exporter.KeptSeconds, 299, 301);
    }

    [Fact]
    public void Every_option_that_changes_what_is_sent_reaches_the_model()
    {
        var exporter = Setup(
            "seed", ("ExportInterval", "2"), ("QuietExportInterval", "20"), ("MaxExtraCallsPerHour", "7"), ("SurgeThresholds:QueueDelay", "off"), ("QuietBelow", "0.3"),
            ("Signals", "RequestsPerSecond"), ("StorageResolution", "60"), ("WarmUp", "5"), ("MaxBacklogAge", "60"), ("Dimensions:Shop", "north"))
            .Settings(Surge, new ReplayAssumptions(), null, false).Exporter;

        Assert.Equal((2, 20, 7), (exporter.Calls.ExportInterval.TotalSeconds, exporter.Calls.QuietExportInterval.TotalSeconds, exporter.Calls.MaxExtraCallsPerHour));
        Assert.Null(exporter.SurgeThresholds.QueueDelay);
        Assert.Equal((0.3, ScalingSignals.RequestsPerSecond, 60, 5, 60), (exporter.QuietBelow, exporter.Signals, exporter.StorageResolution, exporter.WarmUp, exporter.KeptSeconds));
        Assert.Equal([KeyValuePair.Create("Shop", "north")], exporter.Dimensions);
        Assert.Equal(ScalingSignals.None, Setup("seed", ("Enabled", "false")).Settings(Surge, new ReplayAssumptions(), null, false).Exporter.Signals);
    }

    [Theory]
    [InlineData("Dimensions:Shop", "north")]
    [InlineData("Namespace", "Other")]
    [InlineData("Signals", "QueueLength")]
    [InlineData("StorageResolution", "60")]
    [InlineData("Enabled", "false")]
    public void An_alarm_that_gets_no_data_answers_no_surge(string option, string value)
    {
        Assert.Equal(1, Run(new ReplayVariant("x", TemplateFiles.Load("seed", []), new Dictionary<string, string>())).Detected);
        Assert.Equal(0, Run(new ReplayVariant("x", TemplateFiles.Load("seed", []), new Dictionary<string, string> { [option] = value })).Detected);
    }

    [Fact]
    public void What_the_model_has_no_data_for_is_said() =>
        Assert.Contains(Setup("seed", ("Signals", "QueueLength")).Notes, static note => note.Contains("reads RequestsPerSecond, for which the replay has no data", StringComparison.Ordinal));

    [Fact]
    public void Suspended_scaling_is_suspended_and_schedules_keep_to_their_times()
    {
        const string Target = "      MaxCapacity: !Ref MaxTasks\n";
        var text = TemplateText.Plain;
        var suspended = text.Replace(Target, Target + "      SuspendedState: { DynamicScalingOutSuspended: true }\n", StringComparison.Ordinal);
        var over = text.Replace(
            Target,
            Target + "      ScheduledActions:\n        - { ScheduledActionName: peak, Schedule: \"cron(* * * * ? *)\", EndTime: 2025-01-01T00:00:00Z, ScalableTargetAction: { MinCapacity: 6 } }\n",
            StringComparison.Ordinal);

        Assert.Equal(2, Run(Variant(suspended)).PeakTasks);
        Assert.True(Run(Variant(text)).PeakTasks > 2);
        Assert.Equal(2, Run(Variant(over), TrafficGenerator.Generate(ProfileKind.Step, 200, 10, 1, 1)).PeakTasks);
        Assert.Contains("StartTime and EndTime must be times", Assert.Throws<TemplateException>(
            () => Run(Variant(over.Replace("2025-01-01T00:00:00Z", "someday", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dated_recording_is_replayed_at_its_time()
    {
        var dated = TrafficReader.Read(new StringReader("2026-03-01T12:00:00Z,5\n2026-03-01T12:00:01Z,6\n"), "t");
        var counted = TrafficReader.Read(new StringReader("100,5\n101,6\n"), "t");

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Setup("seed").Settings(dated, new ReplayAssumptions(), null, false).Start);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero), dated.Part(1, 1).Start);
        Assert.Null(counted.Start);
    }

    [Fact]
    public void Every_setting_of_the_service_model_can_be_set_by_its_name()
    {
        foreach (var name in ModelSettings.Names)
        {
            var property = typeof(ServiceSettings).GetProperty(name)!;
            var value = property.PropertyType == typeof(bool) ? "false" : property.PropertyType.IsEnum ? Enum.GetNames(property.PropertyType)[1] : "7";

            var changed = ModelSettings.With(new ServiceSettings(), new Dictionary<string, string> { [name] = value });

            Assert.NotEqual(property.GetValue(new ServiceSettings()), property.GetValue(changed));
        }
    }

    [Theory]
    [InlineData("Concurrency", "0", "Concurrency of the model must be a whole number above 0, and is '0'.")]
    [InlineData("ServiceTime", "-1", "ServiceTime of the model must be seconds above 0, and is '-1'.")]
    [InlineData("HealthCheckWaits", "perhaps", "HealthCheckWaits of the model must be true or false, and is 'perhaps'.")]
    [InlineData("Colour", "red", "The model has no setting 'Colour'; it has RequestsPerSecondOfCpu,")]
    public void A_wrong_setting_of_the_model_is_named(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => ModelSettings.With(new ServiceSettings(), new Dictionary<string, string> { [name] = value })).Message, StringComparison.Ordinal);

    private static ReplaySetup Setup(string template, params (string Option, string Value)[] options) =>
        new(new ReplayVariant(template, TemplateFiles.Load(template, []), options.ToDictionary(static option => option.Option, static option => option.Value)));

    private static ReplayVariant Variant(string text) => new("x", TemplateReader.Read(text, "x"), new Dictionary<string, string>());

    private static ReplaySummary Run(ReplayVariant variant, TrafficProfile? traffic = null) =>
        ReplayRunner.Run(variant, traffic ?? Surge, new ReplayAssumptions(), null, false, null, TestContext.Current.CancellationToken).Base;
}
