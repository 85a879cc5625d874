using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FastScaling.Lab.AutoScalingApi;

namespace FastScaling.Lab.Tests.AutoScalingApi;

/// <summary>What only a raw client sends.</summary>
public sealed class WireTests
{
    private const string Target = "\"ServiceNamespace\":\"ecs\",\"ResourceId\":\"service/a/b\",\"ScalableDimension\":\"ecs:service:DesiredCount\"";

    [Theory]
    [InlineData("RegisterScalableTarget", "{", "SerializationException")]
    [InlineData("RegisterScalableTarget", "[]", "SerializationException")]
    [InlineData("RegisterScalableTarget", "{}", "ValidationException")]
    [InlineData("RegisterScalableTarget", "{" + Target + "}", "ValidationException")]
    [InlineData("RegisterScalableTarget", "{" + Target + ",\"MinCapacity\":\"two\"}", "SerializationException")]
    [InlineData("RegisterScalableTarget", "{" + Target + ",\"MinCapacity\":-1,\"MaxCapacity\":2}", "ValidationException")]
    [InlineData("RegisterScalableTarget", "{\"ServiceNamespace\":\"dynamodb\"}", "ValidationException")]
    [InlineData("RegisterScalableTarget", "{\"ServiceNamespace\":\"ecs\",\"ScalableDimension\":\"ecs:service:DesiredCount\",\"ResourceId\":\"a\"}", "ValidationException")]
    [InlineData("PutScalingPolicy", "{" + Target + ",\"PolicyName\":\"p\",\"PolicyType\":\"PredictiveScaling\"}", "ValidationException")]
    [InlineData("PutScalingPolicy", "{" + Target + ",\"PolicyName\":\"p\",\"StepScalingPolicyConfiguration\":{\"AdjustmentType\":\"1\"}}", "ValidationException")]
    [InlineData("PutScalingPolicy", "{" + Target + ",\"PolicyName\":\"p\",\"StepScalingPolicyConfiguration\":{\"AdjustmentType\":\"ChangeInCapacity\",\"StepAdjustments\":[{\"MetricIntervalLowerBound\":0,\"ScalingAdjustment\":1}]}}", "ObjectNotFoundException")]
    [InlineData("DescribeScalingActivities", "{\"ServiceNamespace\":\"ecs\",\"NextToken\":\"x\"}", "InvalidNextTokenException")]
    [InlineData("DescribeScalingActivities", "{\"ServiceNamespace\":\"ecs\",\"MaxResults\":51}", "ValidationException")]
    [InlineData("MakeCoffee", "{}", "UnknownOperationException")]
    public async Task A_bad_request_has_the_error_of_AWS_and_a_reason(string operation, string body, string code)
    {
        await using var server = await LocalAutoScalingServer.StartAsync(null, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=a");
        request.Headers.Add("X-Amz-Target", $"AnyScaleFrontendService.{operation}");

        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("application/x-amz-json-1.1", reply.Content.Headers.ContentType!.MediaType);
        var error = JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string)error["__type"]!);
        Assert.NotEmpty((string)error["Message"]!);
    }

    [Fact]
    public async Task A_service_that_does_not_exist_cannot_be_registered()
    {
        var options = new LocalAutoScalingOptions { Services = static _ => null };
        await using var server = await LocalAutoScalingServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{" + Target + ",\"MinCapacity\":1,\"MaxCapacity\":2}") };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=a");
        request.Headers.Add("X-Amz-Target", "AnyScaleFrontendService.RegisterScalableTarget");

        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var error = JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("ValidationException", "ECS service doesn't exist: service/a/b"), ((string)error["__type"]!, (string)error["Message"]!));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await LocalAutoScalingServer.StartAsync(null, TestContext.Current.CancellationToken);
        var port = first.Endpoint.Port;

        var error = await Assert.ThrowsAsync<IOException>(() => LocalAutoScalingServer.StartAsync(new LocalAutoScalingOptions { Port = port }, TestContext.Current.CancellationToken));

        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }
}
