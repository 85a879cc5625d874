using System.CommandLine;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Checks.Deployed;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling check</c>: finds what would fail silently in production.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var template = new Option<string?>("--template", "-t") { HelpName = "file", Description = TemplateFiles.Help };
        var parameters = CommonOptions.Parameters();
        var format = new Option<string>("--format") { HelpName = "text|json|sarif", Description = "How findings are written.", DefaultValueFactory = static _ => "text" };
        format.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value is not ("text" or "json" or "sarif"))
            {
                result.AddError($"--format must be text, json or sarif, and is '{result.Tokens[0].Value}'.");
            }
        });
        var live = new Option<bool>("--live") { Description = "Compares the alarms that are deployed with the data that arrive. Reads only: DescribeAlarms, ListMetrics, GetMetricData." };
        var endpoint = new Option<string?>("--endpoint-url") { HelpName = "URL", Description = "With --live: the endpoint of CloudWatch, such as a local one. Otherwise that of the Region." };
        var region = new Option<string?>("--region") { HelpName = "region", Description = "With --live: the Region; otherwise AWS_REGION." };
        var prefix = new Option<string?>("--alarm-prefix") { HelpName = "text", Description = "With --live: only alarms whose name begins with this." };
        var command = new Command(
            "check",
            "Finds what would fail silently in production: alarms that no data reach, steps that never fire, scale-in that harms, missing permissions. "
            + "Exit code 0: clean (findings of severity info do not count), 1: findings, 2: wrong usage or a bad file.")
        {
            template, parameters, format, live, endpoint, region, prefix,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(template) is null && !result.GetValue(live))
            {
                result.AddError("check needs --template, or --live, or both.");
            }

            if (!result.GetValue(live) && (result.GetValue(endpoint) is not null || result.GetValue(prefix) is not null))
            {
                result.AddError("--endpoint-url and --alarm-prefix need --live.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetValue(template);
            var read = source is null ? null : TemplateFiles.Load(source, parsed.GetValue(parameters)!);
            var findings = new List<Finding>(read is null ? [] : TemplateChecker.Check(read));
            if (parsed.GetValue(live))
            {
                using var client = new LiveClient(LiveClient.EndpointFor(parsed.GetValue(endpoint), parsed.GetValue(region)), parsed.GetValue(region));
                findings.AddRange(await new LiveChecker(client, TimeProvider.System).CheckAsync(parsed.GetValue(prefix), cancellationToken));
            }

            FindingsWriter.Write(parsed.GetValue(format)!, read?.Source ?? "live", findings);
            return findings.Exists(finding => finding.Severity > Severity.Info) ? ExitCode.Findings : ExitCode.Clean;
        });
        return command;
    }
}
