# The engine as an image. `docker build -t badge-engine .`, then `docker run badge-engine --help`.

# The version the tests run on.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# Libraries first: they change seldom, and this layer is the large one.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/badge-engine \
 && /opt/badge-engine/bin/pip install --no-deps --require-hashes -r requirements.lock \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --no-deps --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY events events
COPY engine engine
COPY replay replay
COPY directory directory
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/badge-engine/bin/pip install --no-deps --no-index /dist/*.whl \
 && /opt/badge-engine/bin/python -m compileall -q /opt/badge-engine/lib

FROM python:${PYTHON}-slim
COPY --from=build /opt/badge-engine /opt/badge-engine
ENV PATH=/opt/badge-engine/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# A number rather than a name: orchestrators can then see that it is not root.
USER 10001:10001
WORKDIR /tmp
# It reads the cursors in the database and the ends in Kafka: unhealthy means that one of the two
# is out of reach. A worker that has failed ends, so that is for the restart policy to see.
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 \
  CMD ["badge-engine", "status", "--json"]
ENTRYPOINT ["badge-engine"]
CMD ["--help"]
