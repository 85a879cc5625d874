using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class CredentialSourceTests
{
    private static readonly (string, string)[] Keys = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "secret")];

    [Fact]
    public void Those_of_the_options_come_first_then_the_environment_then_the_container()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, """{"AccessKeyId":"CONTAINER","SecretAccessKey":"x"}"""));
        (string, string) container = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.Uri.ToString());

        Assert.Equal("OPTION", KeyOf(new BasicAWSCredentials("OPTION", "x"), [.. Keys, container]));
        Assert.Equal("ENV", KeyOf(null, [.. Keys, container]));
        Assert.Empty(server.Requests);
        Assert.Equal("CONTAINER", KeyOf(null, [container]));
        Assert.Equal("CONTAINER", KeyOf(null, [Keys[0], container]));
        Assert.Equal("CONTAINER", KeyOf(null, [Keys[1], container]));
    }

    [Fact]
    public void Keys_of_the_environment_never_change()
    {
        var plain = Get(null, Keys);
        var session = Get(null, [.. Keys, ("AWS_SESSION_TOKEN", "token")]);

        Assert.Null(plain.RefreshAfter);
        Assert.IsType<BasicAWSCredentials>(plain.Credentials);
        Assert.Null(session.RefreshAfter);
        Assert.Equal("token", session.Credentials.GetCredentials().Token);
    }

    [Fact]
    public void Fixed_credentials_of_the_options_never_change_and_others_are_asked_again()
    {
        Assert.Null(Get(new BasicAWSCredentials("a", "b"), []).RefreshAfter);
        Assert.Null(Get(new SessionAWSCredentials("a", "b", "c"), []).RefreshAfter);

        var changing = new ChangingCredentials();
        var source = new CredentialSource(changing, TestAws.Environment(), TimeProvider.System);
        Assert.Equal("KEY1", source.Get().Credentials.GetCredentials().AccessKey);
        var second = source.Get();
        Assert.Equal("KEY2", second.Credentials.GetCredentials().AccessKey);

        // A snapshot: signing with it looks nothing up.
        Assert.Equal("KEY2", second.Credentials.GetCredentials().AccessKey);
        Assert.Equal(2, changing.Calls);
        Assert.InRange(second.RefreshAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Anonymous_credentials_are_a_failure_that_says_so() =>
        Assert.Contains("Anonymous", Assert.Throws<AmazonClientException>(() => Get(new AnonymousAWSCredentials(), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void With_none_anywhere_the_look_up_fails_and_can_be_repeated()
    {
        var source = new CredentialSource(null, TestAws.Environment(), TimeProvider.System);

        Assert.ThrowsAny<Exception>(source.Get);
        Assert.ThrowsAny<Exception>(source.Get);
    }

    private static CredentialSnapshot Get(AWSCredentials? credentials, (string, string)[] environment) =>
        new CredentialSource(credentials, TestAws.Environment(environment), TimeProvider.System).Get();

    private static string KeyOf(AWSCredentials? credentials, (string, string)[] environment) =>
        Get(credentials, environment).Credentials.GetCredentials().AccessKey;

    private sealed class ChangingCredentials : AWSCredentials
    {
        public int Calls { get; private set; }

        public override ImmutableCredentials GetCredentials() => new($"KEY{++Calls}", "secret", "token");
    }
}
