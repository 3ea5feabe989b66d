FROM python:3.13-slim-bookworm AS build
COPY . /source
RUN python -m venv /opt/osmm-scan \
 && /opt/osmm-scan/bin/pip install --quiet --disable-pip-version-check \
      --require-hashes --only-binary :all: -r /source/action/requirements.txt \
 && /opt/osmm-scan/bin/pip install --quiet --disable-pip-version-check \
      --no-deps --no-build-isolation /source \
 && /opt/osmm-scan/bin/pip uninstall --quiet --yes pip

FROM python:3.13-slim-bookworm
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home osmm-scan
COPY --from=build /opt/osmm-scan /opt/osmm-scan
USER 10001
WORKDIR /scan
ENTRYPOINT ["/opt/osmm-scan/bin/osmm-scan"]
CMD ["--help"]
